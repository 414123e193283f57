import type { ProviderRow, Refusal } from './provider-row.ts';

const TOLD: Refusal = { heading: 'You cancelled the login.', at: 'app', isTold: true };

const FORUM = {
  name: 'Flarum',
  persona: 'flarum',
  words: { username: 'Username', signIn: 'Log In', agree: 'Agree', refuse: 'Deny' },
  asks: 'each time',
  refusal: TOLD,
  account: { welcomes: 'yating', says: ['yating', 'yating@example.com'] },
  calls: { login: 'token', account: 'userinfo', refresh: 'refresh' },
  secrets: ['code', 'access_token', 'refresh_token', 'client_secret'],
} as const satisfies Partial<ProviderRow>;

/** The matrix: every provider, in the order of the chooser. To add one is to add a row. */
export const PROVIDERS: readonly ProviderRow[] = [
  {
    id: 'aihubmix',
    name: 'AIHubMix',
    persona: 'aihubmix',
    words: { username: 'Username', signIn: 'Sign in', agree: 'Allow', refuse: 'Deny' },
    asks: 'never',
    refusal: TOLD,
    account: { welcomes: 'yating', says: ['yating@example.com', '750.00'] },
    calls: { login: 'token', account: 'userinfo', refresh: 'refresh' },
    secrets: ['code', 'access_token', 'refresh_token', 'client_secret'],
    topsUp: true,
    narrowings: [
      {
        where: 'the balance is not granted',
        give: ({ personas }) => personas.aihubmix.control.setGrantedScope('profile'),
        welcomes: 'yating',
        says: ['yating@example.com'],
        hides: ['750.00', 'Top up'],
      },
      {
        where: 'only the balance is granted',
        give: ({ personas }) => personas.aihubmix.control.setGrantedScope('balance'),
        welcomes: null,
        says: ['750.00'],
        hides: ['yating'],
      },
    ],
  },
  {
    id: 'rememberizer',
    name: 'Rememberizer',
    persona: 'rememberizer',
    words: {
      username: 'Email or username',
      captcha: 'Bicycle',
      signIn: 'Sign in',
      agree: 'Allow',
      refuse: 'Cancel',
    },
    asks: 'each time',
    refusal: { heading: 'Your browser keeps only a ticket.', at: 'app', isTold: false },
    account: { welcomes: 'Lin Yating', says: ['yating@example.com'] },
    calls: { login: 'token', account: 'account', refresh: 'refresh' },
    secrets: ['code', 'access_token', 'refresh_token', 'client_secret'],
    hasDocuments: true,
    narrowings: [
      {
        where: 'nobody gave a name',
        give: ({ personas }) => personas.rememberizer.control.setUser('yating', { name: '' }),
        welcomes: 'yating@example.com',
        says: ['yating@example.com'],
        hides: ['Lin Yating'],
      },
    ],
  },
  {
    id: 'rememberizer-account',
    name: 'Rememberizer account',
    persona: 'rememberizer',
    words: null,
    asks: 'never',
    account: { welcomes: 'Lin Yating', says: ['yating@example.com'] },
    calls: { login: 'signin', account: 'account', refresh: 'custom-refresh' },
    secrets: ['access_token', 'refresh_token'],
    hasDocuments: true,
    narrowings: [],
  },
  {
    id: 'afdian',
    name: '爱发电',
    persona: 'afdian',
    words: {
      username: 'Username',
      signIn: 'Sign in',
      agree: 'Agree',
      refuse: 'Refuse',
      reconsider: 'Think again',
    },
    asks: 'each time',
    refusal: { heading: 'You have not agreed', at: 'provider', isTold: false },
    account: { welcomes: '雅婷在写诗', says: [] },
    calls: { login: 'token', account: null, refresh: null },
    secrets: ['code', 'client_secret'],
    narrowings: [
      {
        where: 'the public profile does not answer',
        give: ({ personas }) =>
          personas.afdian.control.addFault({ endpoint: 'profile', kind: 'status', status: 500 }),
        welcomes: null,
        says: [],
        hides: ['雅婷在写诗'],
      },
    ],
  },
  {
    ...FORUM,
    id: 'flarum',
    narrowings: [
      {
        where: 'the forum shows the number alone',
        give: ({ personas }) =>
          personas.flarum.control.setScope('user.read', { visibleFields: 'id' }),
        welcomes: null,
        says: [],
        hides: ['yating', '雅婷'],
      },
      {
        where: 'the forum knows no nicknames',
        give: ({ personas }) => personas.flarum.control.setNicknames(false),
        welcomes: 'yating',
        says: ['yating@example.com'],
        hides: ['雅婷'],
      },
    ],
  },
  {
    ...FORUM,
    id: 'second-forum',
    elsewhere: true,
    settings: { PROFILE: 'flarum' },
    narrowings: [],
  },
  {
    id: 'oidc',
    name: 'OpenID Connect',
    persona: 'oidc',
    settings: { SCOPE: 'openid profile email offline_access' },
    registration: ({ url, id }) => ({
      postLogoutRedirectUri: `${url}/`,
      backchannelLogoutUri: `${url}/oauth/backchannel-logout/${id}`,
    }),
    words: {
      username: 'Username',
      signIn: 'Sign in',
      agree: 'Agree',
      refuse: 'Do not agree',
      signOut: 'Sign out',
      staySignedIn: 'Stay signed in',
    },
    asks: 'each time',
    refusal: TOLD,
    signsOutThere: true,
    account: { welcomes: 'yating', says: ['Lin Ya-ting', 'yating@example.com'] },
    calls: { login: 'token', account: 'userinfo', refresh: 'refresh' },
    secrets: ['code', 'access_token', 'refresh_token', 'id_token', 'client_secret'],
    narrowings: [
      {
        where: 'there is neither name nor picture',
        give: ({ personas }) =>
          personas.oidc.control.setUser('yating', { name: null, picture: false }),
        welcomes: 'yating',
        says: ['yating@example.com'],
        hides: ['Lin Ya-ting'],
      },
    ],
  },
];

/** Those that a browser is sent to. */
export const REDIRECTING = PROVIDERS.filter(({ words }) => words !== null);

/** The row of a provider, for what only this one does. */
export function rowOf(id: string): ProviderRow {
  const row = PROVIDERS.find((one) => one.id === id);
  if (row === undefined) throw new Error(`the matrix has no ${id}`);
  return row;
}

/** Whether another provider has the same name, so that only the ids tell them apart. */
export function hasNamesake({ id, name }: ProviderRow): boolean {
  return PROVIDERS.some((row) => row.name === name && row.id !== id);
}

/** Where a provider sends the browser back to. */
export function callbackPath({ id }: ProviderRow): string {
  return id === PROVIDERS[0]?.id ? '/oauth/callback' : `/oauth/callback/${id}`;
}
