document.querySelector('main form').requestSubmit();
