/** The page in English. The other languages have the same keys, or do not compile. */
export const en = {
  brand: 'Cloakroom',
  tagline: 'Login without a token in sight',
  skip: 'Skip to content',
  language: 'Language',
  title: {
    checking: 'One moment',
    signedOut: 'Log in',
    farewell: 'Logged out',
    loginFailed: 'Login failed',
    signedIn: 'Your account',
    expired: 'Session ended',
    unavailable: 'Back in a moment',
    noSuchPage: 'No such page',
  },
  checking: 'Checking your ticket…',
  signedOut: {
    heading: 'Your browser keeps only a ticket.',
    lead: 'Log in at your provider with one click. The keys to your account hang behind our counter; this page never gets to see them.',
  },
  picture: {
    counter: 'Behind the counter',
    counterNote: 'kept by the server',
    browser: 'In your browser',
    browserNote: 'one HttpOnly cookie that no script can read',
    accessToken: 'Access token',
    refreshToken: 'Refresh token',
    clientSecret: 'Client secret',
    ticket: 'Ticket',
  },
  login: {
    oneClick: 'One-click login',
    at: 'You will be taken to {{provider}} and straight back.',
    with: 'Continue with {{provider}}',
    choose: 'Where would you like to log in?',
    lastUsed: 'last used',
    again: 'Log in again',
    retry: 'Try again',
    code: 'Code: {{code}}',
    none: 'There is no provider here that a browser can be sent to.',
    elsewhere: 'Log in with another provider',
  },
  farewell: {
    here: 'You are logged out.',
    hereNote: 'Your ticket is void, and nothing of yours is left on this page.',
    elsewhere: 'You logged out in another tab.',
    elsewhereNote: 'So this tab let go of your details as well.',
  },
  account: {
    welcome: 'Welcome, {{name}}',
    welcomeNameless: 'Welcome',
    loading: 'Fetching your details…',
    username: 'Username',
    email: 'E-mail',
    notShared: 'not shared',
    balance: 'Account balance',
    balanceUnknown: 'unknown for now',
    asOf: 'As of {{time}}',
    lastKnown: 'Last known, {{time}}',
    quota: 'Quota used',
    quotaOf: '{{used}} of {{total}}',
    refreshBalance: 'Refresh balance',
    refreshDetails: 'Refresh details',
    refreshing: 'Refreshing…',
    refreshed: 'Up to date as of {{time}}.',
    topup: 'Top up',
    topupAsking: 'Fetching the top-up page…',
    topupOpened: 'The top-up page is open in a new tab. Come back and refresh when you are done.',
    topupBlocked: 'Your browser kept the new tab from opening.',
    topupLink: 'Open the top-up page',
    topupFailed: 'The top-up page could not be fetched.',
    topupNotSupported: 'This provider has no top-up page.',
    logout: 'Log out',
    loggingOut: 'Logging out…',
    logoutFailed: 'Logging out did not work, so you are still logged in.',
  },
  ticket: {
    heading: 'Your ticket',
    provider: 'Issued by',
    since: 'Logged in since',
    idleEnd: 'If unused, ends',
    end: 'Ends at the latest',
    note: 'This is all that your browser holds: a cookie no script can read.',
  },
  stamp: {
    void: 'Void',
    cancelled: 'Cancelled',
    expired: 'Expired',
    returned: 'Returned',
    closed: 'Closed',
    offline: 'Offline',
    missing: 'No. 404',
  },
  expired: {
    heading: 'Your session has ended.',
    who: 'You were logged in as {{name}}. Log in again to pick up where you left off.',
    nobody: 'Log in again to pick up where you left off.',
  },
  outage: {
    store: 'The cloakroom is closed for a moment.',
    storeNote: 'Our session store is not answering. If you were logged in, you still are.',
    offline: 'You are offline.',
    offlineNote: 'We will look again as soon as your connection is back.',
    server: 'The counter is not answering.',
    serverNote: 'The server cannot be reached right now. If you were logged in, you still are.',
    retryIn: 'Trying again {{when}}.',
    retrying: 'Trying again…',
    retryNow: 'Try now',
    kept: 'You are still logged in; below is what we last knew.',
  },
  failure: {
    provider: '{{provider}} is not answering.',
    forbidden: '{{provider}} does not let this app see your account.',
    busy: 'Too many requests at once. Please wait a moment.',
    general: 'Something went wrong on our side.',
    reference: 'Reference: {{id}}',
  },
  noSuchPage: {
    heading: 'There is no such page.',
    note: 'Nobody has left a coat under this number. Perhaps the link is old, or there is a typing error in it.',
    home: 'Back to the counter',
  },
  loginError: {
    invalid_state: {
      what: 'This login attempt is no longer valid.',
      next: 'It was used already, took too long, or began in another browser. Start again from here.',
    },
    missing_parameters: {
      what: 'The provider’s answer was incomplete.',
      next: 'Start again from here, not from an old link or bookmark.',
    },
    server_error: {
      what: 'Something failed while logging you in.',
      next: 'Try again. If it keeps happening, let the people who run this site know.',
    },
    provider_error: {
      what: 'The provider reported an error.',
      next: 'Try again in a moment.',
    },
    provider_unavailable: {
      what: 'The provider cannot be reached right now.',
      next: 'Your account is fine. Try again in a minute.',
    },
    session_store_unavailable: {
      what: 'We could not write your ticket just now.',
      next: 'Our session store is not answering. Try again in a minute.',
    },
    unknown_provider: {
      what: 'You cannot log in with that provider here.',
      next: 'Choose one of the providers on this page.',
    },
    access_denied: {
      what: 'You cancelled the login.',
      next: 'Nothing was shared. You can log in whenever you like.',
    },
    invalid_request: {
      what: 'The provider did not understand our request.',
      next: 'Try again. If it keeps happening, let the people who run this site know.',
    },
    unauthorized_client: {
      what: 'The provider does not allow this site to log people in.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    unsupported_response_type: {
      what: 'The provider does not support this way of logging in.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    invalid_scope: {
      what: 'The provider does not grant the permissions this site asks for.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    temporarily_unavailable: {
      what: 'The provider is overloaded or under maintenance.',
      next: 'Try again in a few minutes.',
    },
    interaction_required: {
      what: 'The provider needs you to do something first.',
      next: 'Try again and follow the steps on its page.',
    },
    login_required: {
      what: 'You are not logged in at the provider.',
      next: 'Try again and log in on its page.',
    },
    account_selection_required: {
      what: 'The provider does not know which account to use.',
      next: 'Try again and choose an account on its page.',
    },
    consent_required: {
      what: 'The provider needs your consent.',
      next: 'Try again and agree on its page.',
    },
    invalid_request_uri: {
      what: 'The provider could not fetch our login request.',
      next: 'Try again. If it keeps happening, let the people who run this site know.',
    },
    invalid_request_object: {
      what: 'The provider rejected our signed login request.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    request_not_supported: {
      what: 'The provider does not take signed login requests.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    request_uri_not_supported: {
      what: 'The provider does not take login requests by reference.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    registration_not_supported: {
      what: 'The provider does not let sites register themselves.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    invalid_target: {
      what: 'The provider does not know the service this site asked for.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    invalid_authorization_details: {
      what: 'The provider does not accept the details of our request.',
      next: 'Only the people who run this site can put that right. Please let them know.',
    },
    unmet_authentication_requirements: {
      what: 'The provider asks for a stronger way of logging in.',
      next: 'Try again with a second factor or another method that it accepts.',
    },
    unknown: {
      what: 'The login did not work.',
      next: 'Try again. If it keeps happening, let the people who run this site know.',
    },
  },
} as const;

/** What every language has to say: the keys of English, each with a text. */
export type Messages = Texts<typeof en>;

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
