// The consent page in fetch mode: sends the answer, and goes where it is told. After a no it is told
// nothing, so it goes to "undefined", as the plugin's own page does, and the app never hears of it.
const form = document.querySelector('form[data-fetch]');

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = Object.fromEntries(new FormData(form));
  const response = await fetch(form.dataset.fetch, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': form.dataset.csrf },
    body: JSON.stringify({ ...answer, is_authorized: event.submitter?.value === 'true' }),
  });
  const { location } = await response.json();
  window.location.href = location;
});
