import { CYCLING_PAGES } from './common-knowledge.ts';
import type { DemoPerson } from './demo-content.ts';

const DOC = 'application/vnd.google-apps.document';
const MARKDOWN = 'text/markdown';

/** A developer in Kaohsiung, who keeps the bicycles of the harbour running. */
export const WEICHEN: DemoPerson = {
  accountId: 58347,
  name: 'Chen Weichen',
  company: 'Harbour Bikes',
  website: 'https://weichen.example.com',
  bio: 'Back-end developer. Rides to work, rain or not.',
  team: [
    { id: 'team_harbour', name: 'Harbour Bikes', image_url: '', role: 'admin' },
    { id: 'team_club', name: 'Cijin Cycling Club', image_url: '', role: 'member' },
  ],
  embedQuota: 50_000,
  integrations: [
    { id: 201, type: 'dropbox', source: 'weichen@example.com' },
    { id: 202, type: 'slack', source: 'harbour-bikes' },
    { id: 203, type: 'google_drive', source: 'weichen@example.com' },
    { id: 204, type: 'common_knowledge', source: 'Cycling in Taiwan' },
  ],
  documents: [
    {
      id: 5101,
      integration: 'dropbox',
      type: MARKDOWN,
      folder: 'Architecture',
      name: 'Dock controller protocol.md',
      daysAgo: 40,
      chunks: [
        'A dock talks to the controller over CAN at 125 kbit/s. Every frame carries the dock number in the identifier; docks without a bicycle stay silent unless they are asked.',
        'Unlocking is two frames: prepare with a nonce, then release with the nonce signed by the station key. A release without a prepare within 800 milliseconds is ignored.',
        'When the uplink is lost the station keeps a queue of returns in flash, 4,096 entries, oldest first.',
      ],
    },
    {
      id: 5102,
      integration: 'dropbox',
      type: MARKDOWN,
      folder: 'Incidents',
      name: 'Post-mortem: double unlock at Sizihwan.md',
      daysAgo: 21,
      chunks: [
        'Summary: for 42 minutes one tap of a card released two bicycles. Eleven trips were charged to nobody.',
        'Cause: the retry of the unlock request had no idempotency key. A slow answer was taken for a lost one, and the second request was new to the controller.',
        'What we change: every unlock carries a key, the controller remembers the last 64 keys, and the client waits for the answer of the first before it gives up.',
      ],
    },
    {
      id: 5103,
      integration: 'google_drive',
      type: DOC,
      folder: 'Onboarding',
      name: '新進工程師指南',
      daysAgo: 65,
      chunks: [
        '第一天：領取筆電、門禁卡與測試用的租車卡，到駁二站完成一次借還。',
        '第二天：把控制器模擬器跑起來，依照 README 送出一次解鎖指令，並在日誌裡找到它。',
        '值班由每週三中午輪替，電話響超過兩分鐘沒接會轉給下一位。',
      ],
    },
    {
      id: 5104,
      integration: 'google_drive',
      type: DOC,
      folder: 'Planning',
      name: 'Roadmap for the rainy season',
      daysAgo: 6,
      chunks: [
        'Saddle covers at the forty stations without a roof, tyres with more grip for the ferries, and a notice in the app when a typhoon closes the harbour line.',
        'Not now: electric bicycles, and the station on Cijin island until the ferry terminal is rebuilt.',
      ],
    },
    {
      id: 5105,
      integration: 'dropbox',
      type: 'text/csv',
      folder: 'Planning',
      name: 'Trips per station, last quarter.csv',
      daysAgo: 4,
      status: 'error',
      chunks: [],
    },
    ...CYCLING_PAGES,
  ],
  channels: [
    {
      id: 5201,
      name: '#on-call',
      messages: [
        {
          hoursAgo: 40,
          by: 'weichen',
          text: 'Station 17 reports docks that are open but empty. The controller restarted twice in ten minutes.',
          thread: [
            {
              hoursAgo: 39,
              by: 'yi-fan',
              text: 'Water in the junction box, again. A technician is on the way.',
            },
            {
              hoursAgo: 36,
              by: 'weichen',
              text: 'Back to normal since 14:10. I added it to the list for the rainy season.',
            },
          ],
        },
        {
          hoursAgo: 9,
          by: 'yi-fan',
          text: 'Hand-over: all quiet, one bicycle missing at Sizihwan, the battery of station 3 is low.',
        },
      ],
    },
  ],
  mementos: [
    { id: 401, name: 'All my knowledge' },
    { id: 402, name: 'Work', items: [5101, 5102, 5103, 5104, 5105, 5201] },
    { id: 403, name: 'Incidents', items: [5102, 5201] },
    { id: 404, name: 'Cycling', items: [9101, 9102] },
  ],
  subscriptions: [
    {
      id: 82,
      name: 'Cycling in Taiwan',
      description: 'Routes, trains and repairs, kept by people who ride.',
      publisher: 'Cijin Cycling Club',
      subscribers: 932,
      memento: 824,
      items: [9101, 9102],
    },
  ],
};
