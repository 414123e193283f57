/** The playbill in English. */
export const en = {
  title: 'The emulator',
  lead: 'Providers played for tests: they behave as their documents say, and misbehave when they are told to.',
  cast: 'The cast',
  plays: 'plays',
  base: 'Base URL',
  enter: 'Go in',
  personas: {
    aihubmix: {
      part: 'AIHubMix',
      about:
        'OAuth 2.0 with consent or one click, refresh tokens that rotate, a balance and a top-up page.',
    },
    rememberizer: {
      part: 'Rememberizer',
      about: 'OAuth 2.0 with mementos, and its account API: passwords, cookies, a captcha.',
    },
    afdian: {
      part: 'Afdian',
      about:
        'The code is answered with the user itself, in an envelope, and there is no token at all.',
    },
    flarum: {
      part: 'Flarum OAuth Center',
      about: 'A forum that answers errors with 200, and whose refresh tokens are good once.',
    },
    oidc: {
      part: 'an OpenID Connect issuer',
      about:
        'PKCE, pushed requests, logout on both channels; and every forged answer that a relying party must refuse.',
    },
  },
  users: 'Audience',
  usersLead: 'The same people have an account everywhere.',
  username: 'Username',
  password: 'Password',
  directions: 'Stage directions',
  steps: {
    register: 'Register your app, here with OpenID Connect:',
    point: 'Point it at the base URL, and sign in as one of the audience.',
    fault: 'Let something go wrong:',
  },
  controlOff: 'The control API is off. Start the emulator with CONTROL=on to have it.',
  disclaimer:
    'For tests on this machine. None of these is the real service, nor in any way connected with it.',
  languages: 'Language',
  skip: 'Skip to content',
};
