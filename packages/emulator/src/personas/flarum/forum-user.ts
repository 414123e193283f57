import type { DemoUser } from '../../provider/users.ts';

/** A member of the forum; `developer` makes an administrator. Times are milliseconds since the epoch. */
export interface ForumUser extends DemoUser {
  nickname: string | null;
  /** The address of a picture: absolute, or a path of the forum; null for who has none. */
  avatar: string | null;
  emailConfirmed: boolean;
  lastSeenAt: number | null;
  discussionCount: number;
  commentCount: number;
  /** Gone from the forum, while tokens may still name them. */
  deleted: boolean;
}

type Membership = Pick<
  ForumUser,
  'nickname' | 'avatar' | 'lastSeenAt' | 'discussionCount' | 'commentCount'
>;

const NEW_MEMBER: Membership = {
  nickname: null,
  avatar: null,
  lastSeenAt: null,
  discussionCount: 0,
  commentCount: 0,
};

/** One with everything, one without nickname and picture. */
const MEMBERSHIPS: Record<string, Membership> = {
  yating: {
    nickname: '雅婷',
    avatar: '/assets/avatars/yating.svg',
    lastSeenAt: Date.UTC(2024, 6, 12, 6, 17, 29),
    discussionCount: 12,
    commentCount: 148,
  },
  weichen: {
    ...NEW_MEMBER,
    lastSeenAt: Date.UTC(2024, 6, 11, 21, 3, 5),
    discussionCount: 3,
    commentCount: 57,
  },
};

/** Make somebody a member. */
export function toForumUser(user: DemoUser): ForumUser {
  const membership = MEMBERSHIPS[user.username] ?? NEW_MEMBER;
  return { ...user, ...membership, emailConfirmed: true, deleted: false };
}

/** The name that the forum shows. */
export function displayName({ nickname, username }: ForumUser): string {
  return nickname ?? username;
}
