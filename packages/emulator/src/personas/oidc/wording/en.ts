/** The pages' words in English. */
export const en = {
  frame: {
    brand: 'Lighthouse',
    tagline: 'One account, wherever you are known.',
    disclaimer:
      'Made up for tests: this plays an OpenID Connect issuer. There is no such company, and every account is fictional.',
    languages: 'Language',
    skip: 'Skip to content',
  },
  signIn: {
    title: 'Sign in',
    toContinue: (app: string) => `to go on to ${app}`,
    again: (app: string) => `${app} asks you to sign in again.`,
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    cancel: (app: string) => `Back to ${app}`,
    wrong: 'Wrong username or password.',
    demoUsers: 'Demo accounts',
    fillIn: (username: string) => `Fill in ${username}`,
  },
  consent: {
    title: (app: string) => `${app} would like to know you`,
    lead: 'If you agree, it learns this from Lighthouse:',
    scopes: {
      openid: {
        name: 'That it is you',
        detail: 'A code that stays the same, and is not your name',
      },
      profile: { name: 'Your name and picture', detail: '' },
      email: { name: 'Your email address', detail: '' },
      offline_access: {
        name: 'To stay connected',
        detail: 'Also while you are away, until you take it back',
      },
    },
    allow: 'Agree',
    deny: 'Do not agree',
    afterwards: (host: string) => `Either way you go back to ${host}.`,
    otherAccount: 'Use another account',
  },
  logout: {
    title: 'Sign out of Lighthouse?',
    lead: (app: string) => `You signed out of ${app}. Do you want to sign out here as well?`,
    leadAlone: 'Your browser forgets who you are.',
    alsoOf: 'You will also be signed out of:',
    submit: 'Sign out',
    stay: 'Stay signed in',
  },
  signedOut: {
    title: 'You are signed out',
    lead: 'Nobody is signed in to Lighthouse in this browser any more.',
    stillHere: (app: string) => `You signed out of ${app}, and stay signed in to Lighthouse.`,
    account: 'Go to your account',
  },
  handover: {
    title: 'One moment',
    lead: 'You are on your way. If nothing happens, go on by hand.',
    submit: 'Go on',
  },
  account: {
    title: 'Your account',
    nobody: 'Nobody is signed in',
    nobodyLead:
      'Lighthouse has no door of its own: an app that you want to use sends you here to sign in.',
    profile: 'What apps can learn',
    sub: 'Code',
    name: 'Name',
    username: 'Username',
    email: 'Email',
    verified: 'confirmed',
    unverified: 'not confirmed',
    apps: 'Apps that know you',
    none: 'You have not agreed to any app.',
    since: (date: string) => `Since ${date}`,
    revoke: 'Take back',
    revoked: 'That app no longer has access.',
    signOut: 'Sign out',
  },
  problems: {
    developerHint: 'For the developer:',
    request: {
      title: 'This sign-in request is not valid',
      reason: 'The app that sent you here asked in a way that we cannot answer.',
    },
    expired: {
      title: 'This sign-in is over',
      reason: 'It took too long, or went on in another window. Go back to the app and begin again.',
    },
    form: {
      title: 'This form has expired',
      reason: 'It was opened in another session. Go back, reload the page and try again.',
    },
    notFound: {
      title: 'Page not found',
      reason: 'There is nothing at this address.',
    },
    ours: {
      title: 'Something went wrong here',
      reason: 'That was our mistake. Try again in a moment.',
    },
  },
};
