import { type Html, html } from './html.ts';
import type { Language } from './language.ts';

interface Head {
  language: Language;
  title: string;
  basePath: string;
  /** Names below `assets`, without `.css`, in their order. */
  styleSheets: readonly string[];
  /** The name of a file below `assets`, without `.js`. */
  script?: string | undefined;
  /** Go to another address at once, as a single-page app does that routes elsewhere. */
  goTo?: string | undefined;
}

/** Write a whole document around a body; style sheets, mark and script are files of the persona. */
export function htmlDocument(head: Head, body: Html): Html {
  const assets = `${head.basePath}/assets`;
  return html`<!doctype html>
<html lang="${head.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    ${head.goTo !== undefined && html`<meta http-equiv="refresh" content="0; url=${head.goTo}">`}
    <title>${head.title}</title>
    <link rel="icon" type="image/svg+xml" href="${assets}/mark.svg">
    ${head.styleSheets.map((sheet) => html`<link rel="stylesheet" href="${assets}/${sheet}.css">`)}
    ${head.script !== undefined && html`<script src="${assets}/${head.script}.js" defer></script>`}
  </head>
  ${body}
</html>`;
}
