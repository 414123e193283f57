import express from 'express';

/** Read a form of at most 64 KiB as text, not compressed: the caller is a server, not a page. */
export const formBody = express.text({
  limit: '64kb',
  inflate: false,
  type: 'application/x-www-form-urlencoded',
});
