import type { Wording } from './wording.ts';

/** The pages in English. */
export const en: Wording = {
  frame: {
    brand: 'Lamplight',
    tagline: 'Keep a light on for the people who make things',
    disclaimer:
      'A local demo provider that plays Afdian and is not affiliated with it: its accounts, pledges and apps are made up.',
    languages: 'Language',
    skip: 'Skip to content',
    nav: 'My page',
    signOut: 'Sign out',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Good to see you again.',
    toContinue: (app) => `Sign in to continue to ${app}.`,
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Wrong username or password.',
    demoUsers: 'Demo accounts',
    staff: 'staff',
    fillIn: (username) => `Use ${username}`,
  },
  consent: {
    title: (app) => `${app} asks to sign you in with this account`,
    lead: 'If you agree, it gets:',
    scope: {
      name: 'Basic information',
      detail: 'Your user ID, to know you by when you come again',
    },
    agree: 'Agree',
    refuse: 'Refuse',
    afterwards: (host) => `Agree and you go back to ${host}; refuse and you stay here.`,
    otherAccount: 'Use another account',
  },
  refused: {
    title: 'You have not agreed',
    lead: (app) => `${app} was given nothing, and is not told.`,
    next: 'You can close this page, or go back to the app and start again.',
    again: 'Think again',
    home: 'Go to my page',
  },
  account: {
    title: 'My page',
    hello: (name) => `Hello, ${name}`,
    since: (date) => `Here since ${date}`,
    sponsoring: 'Creators I keep the light on for',
    monthly: (amount) => `${amount} a month`,
    creators: [
      {
        name: 'Library of Mountain Voices',
        about: 'Dialects, while someone speaks them',
        amount: '¥30',
      },
      { name: 'Night Flight Charts', about: 'A hand-drawn star chart every week', amount: '¥15' },
      { name: 'The Tofu House Film', about: 'Craftspeople through the solar terms', amount: '¥5' },
    ],
    ids: 'My IDs',
    userId: 'user_id',
    privateId: 'user_private_id',
    idsHint: 'These two are what an app gets that signs you in.',
  },
  staff: {
    title: 'Developer access',
    lead: 'Access is set up by hand: enter the app and its trusted domain, then tell its people the clientID and clientSecret.',
    create: 'New client',
    name: 'App name',
    clientId: 'clientID',
    clientIdRule:
      'A word to remember: small letters, digits and -. Made from the name if left empty.',
    trustedDomain: 'Trusted domain',
    trustedDomainRule:
      'A host name only, like localhost. Callbacks must be on it or below it; http and https both work.',
    clientSecret: 'clientSecret (optional)',
    clientSecretRule: 'Drawn at random if left empty; 16 characters or more.',
    icon: 'Address of an icon (optional)',
    submit: 'Set up',
    refused: 'Check the name, clientID, trusted domain, secret and icon.',
    taken: 'This clientID is taken.',
    created: (app) => `${app} is set up`,
    secretOnce: 'Copy the clientSecret now: it is shown this once, and belongs on a server only.',
    apps: 'Clients',
    none: 'No app has access yet.',
    createdOn: 'Set up on',
    reset: 'Reset secret',
  },
  problems: {
    request: 'This sign-in cannot go on',
    forDevelopers: 'For the developer:',
    home: 'Go to my page',
    mistakes: {
      client: {
        reason: 'The app that sent you here has no access to this site.',
        forDevelopers: 'client_id is missing or unknown.',
      },
      redirectUri: {
        reason: 'The app gave an address to go back to that is not below its trusted domain.',
        forDevelopers: 'redirect_uri must be below the trusted domain, and have no fragment.',
      },
      responseType: {
        reason: 'The app sent an incomplete request.',
        forDevelopers: 'response_type must be code.',
      },
      scope: {
        reason: 'The app sent an incomplete request.',
        forDevelopers: 'scope must be basic.',
      },
      state: {
        reason: 'The app sent a wrong request.',
        forDevelopers: 'state may be given only once.',
      },
    },
    form: {
      title: 'This form has expired',
      reason: 'It was opened in another session. Go back, reload the page and try again.',
    },
    noStaff: {
      title: 'Staff only',
      reason: 'Access is set up by staff. Sign in with a staff account.',
    },
    notFound: { title: 'Page not found', reason: 'There is nothing at this address.' },
  },
};
