from common import room


class AccountsConfig(room.Room):
    name = "accounts"
