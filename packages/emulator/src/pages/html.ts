/** Markup that is safe to send: what was put into it is escaped already. */
export interface Html {
  markup: string;
}

type Child = Html | string | number | null | undefined | false | readonly Child[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Write markup as a template: text is escaped, markup and lists of it stay, nothing is nothing. */
export function html(strings: TemplateStringsArray, ...children: Child[]): Html {
  return { markup: String.raw({ raw: strings }, ...children.map(render)) };
}

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (Array.isArray(child)) return child.map(render).join('');
  if (typeof child === 'object') return (child as Html).markup;
  return String(child).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
