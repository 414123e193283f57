/** What the tabs of one browser tell each other. It says that something happened, never who is here. */
export type TabNews = 'signedIn' | 'signedOut' | 'ended';

/** The line between the tabs. */
export interface TabChannel {
  tell(news: TabNews): void;
  close(): void;
}

const NAME = 'cloakroom-session';
const NEWS: readonly unknown[] = ['signedIn', 'signedOut', 'ended'] satisfies TabNews[];

/** Open the line to the other tabs. A browser without BroadcastChannel hears of things on focus. */
export function openTabChannel(onNews: (news: TabNews) => void): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) onNews(data);
  };
  return {
    tell: (news) => channel.postMessage(news),
    close: () => channel.close(),
  };
}

function isNews(data: unknown): data is TabNews {
  return NEWS.includes(data);
}
