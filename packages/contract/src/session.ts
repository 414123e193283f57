import { z } from 'zod';

/** The provider's user in `/auth/session`: who is signed in, without what changes from hour to hour. */
export const sessionUserSchema = z.object({
  id: z.union([z.string(), z.number()]),
  username: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  avatar_url: z.string().nullish(),
});

export type SessionUser = z.infer<typeof sessionUserSchema>;

/** `GET /auth/session`. Times are ISO 8601 in UTC. */
export const sessionSchema = z.discriminatedUnion('authenticated', [
  z.object({ authenticated: z.literal(false) }),
  z.object({
    authenticated: z.literal(true),
    provider: z.string(),
    user: sessionUserSchema,
    created_at: z.iso.datetime(),
    idle_expires_at: z.iso.datetime(),
    absolute_expires_at: z.iso.datetime(),
  }),
]);

export type Session = z.infer<typeof sessionSchema>;
export type AuthenticatedSession = Extract<Session, { authenticated: true }>;

/** `POST /auth/logout` and `POST /auth/logout/all`: where the page must navigate, if anywhere. */
export const logoutSchema = z.object({ logout_url: z.string().nullable() });

export type Logout = z.infer<typeof logoutSchema>;

/** `GET /auth/sessions`: this user's sessions, the newest first. */
export const sessionListSchema = z.array(
  z.object({
    handle: z.string(),
    device: z.string(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    current: z.boolean(),
  }),
);

export type SessionList = z.infer<typeof sessionListSchema>;
