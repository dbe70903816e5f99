"""Sets: the database of one moment and every file that its rows name, whole, with the hash of each part.

A set is a folder that has its name only when all of it is on the disk. `making` writes one while people work,
`restoring` puts one into an empty installation or leaves everything as it was, `nightly` asks for one each night. What a
set says of itself, and when it is refused, is in `manifest`; what the engines do differently, in `sqlite` and `postgres`.
"""
