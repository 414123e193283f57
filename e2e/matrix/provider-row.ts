import type { Emulator, PersonaName } from '@cloakroom/emulator';
import type { ProviderWords } from '../pages/provider-pages.ts';

/** One provider of the whole site, and what tells it from the others in a browser. */
export interface ProviderRow {
  /** As in `OAUTH_PROVIDERS`. */
  id: string;
  /** As the chooser names it. */
  name: string;
  /** Who of the emulator plays it. */
  persona: PersonaName;
  /** Played by the second emulator: another site with accounts of its own. */
  elsewhere?: true;
  /** Settings of its own, `OAUTH_<ID>_` left out, besides base URL and credentials. */
  settings?: Readonly<Record<string, string>>;
  /** What its app is registered with besides name and callback. */
  registration?: (site: { url: string; id: string }) => Readonly<Record<string, string>>;
  /** What its pages say; null where name and password are typed at the app. */
  words: ProviderWords | null;
  /** For consent, somebody who has signed in. */
  asks: 'never' | 'each time';
  /** What comes of a no; absent where nobody is asked. */
  refusal?: Refusal;
  /** Asks on a page of its own whether to sign out there too. */
  signsOutThere?: true;
  /** What the account of yating shows. */
  account: Account;
  /** Its calls by the names that faults and counters know; null where there is none. */
  calls: { login: string; account: string | null; refresh: string | null };
  /** Kinds of secrets that a login brings about at least. */
  secrets: readonly string[];
  topsUp?: true;
  /** Keeps documents that the app searches. */
  hasDocuments?: true;
  narrowings: readonly Narrowing[];
}

/** Where somebody is who said no. */
export interface Refusal {
  heading: string;
  at: 'app' | 'provider';
  /** The app is told by its callback. */
  isTold: boolean;
}

/** What is to be read on the account's page. */
export interface Account {
  /** Whom the page welcomes; null where nobody has a name. */
  welcomes: string | null;
  says: readonly string[];
}

/** A provider that gives less than usual. */
export interface Narrowing extends Account {
  /** The end of a sentence: "the account at X shows what is left, where ..." */
  where: string;
  give: (emulator: Emulator) => void;
  /** What is no longer there. */
  hides: readonly string[];
}
