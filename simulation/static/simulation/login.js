// A click on an account of the demonstration fills in the form. Without a script the link fills in the user name.
const card = document.getElementById("demo-accounts");
const username = document.getElementById("id_username");
const password = document.getElementById("id_password");
card?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-username]");
  if (!link) return;
  event.preventDefault();
  username.value = link.dataset.username;
  password.value = card.dataset.password;
  const button = username.form.querySelector("button");
  button.scrollIntoView({ block: "nearest" });
  button.focus();
});
