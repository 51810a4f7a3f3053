// The page that offers to make a new site: asks for it, and goes to the editor once it is there.
const token = document.querySelector('meta[name="diptych-token"]').content;
const buttons = [...document.querySelectorAll('button')];
const wait = (time) => new Promise((done) => setTimeout(done, time));

for (const button of buttons) {
  button.addEventListener('click', async () => {
    const message = button.closest('section').querySelector('[role="status"]');
    buttons.forEach((button) => (button.disabled = true));
    message.textContent = button.dataset.working;
    try {
      const answer = await fetch('/_diptych/api/start', {
        method: 'POST',
        headers: { 'X-Diptych-Token': token },
        body: button.closest('section').lang,
      });
      if (!answer.ok) throw new Error((await answer.json()).error);
    } catch (error) {
      message.textContent = error.message;
      buttons.forEach((button) => (button.disabled = false));
      return;
    }
    // The editor takes this server's place.
    for (;;) {
      await wait(300);
      const ready = await fetch('/_diptych/next').then((answer) => answer.ok, () => false);
      if (ready) break;
    }
    location.assign('/_diptych/');
  });
}
