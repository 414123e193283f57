import { TEA_PAGES } from './common-knowledge.ts';
import type { DemoPerson } from './demo-content.ts';

const DOC = 'application/vnd.google-apps.document';
const PDF = 'application/pdf';
const MAIL = 'message/rfc822';

/** A designer in Taipei, who plans a trip and writes down what she drinks. */
export const YATING: DemoPerson = {
  accountId: 58012,
  name: 'Lin Yating',
  company: 'Paper Lantern Studio',
  website: 'https://yating.example.com',
  bio: 'Designer. Tea, paper, slow trains.',
  team: [{ id: 'team_lantern', name: 'Paper Lantern Studio', image_url: '', role: 'member' }],
  embedQuota: 10_000,
  integrations: [
    { id: 101, type: 'google_drive', source: 'yating@example.com' },
    { id: 102, type: 'slack', source: 'paper-lantern' },
    { id: 103, type: 'gmail', source: 'yating@example.com' },
    { id: 104, type: 'common_knowledge', source: 'Tea from the mountains' },
  ],
  documents: [
    {
      id: 4101,
      integration: 'google_drive',
      type: DOC,
      folder: 'Kyoto in spring',
      name: 'Itinerary',
      daysAgo: 12,
      chunks: [
        'Day 1: arrive at Kansai in the early afternoon, Haruka train to Kyoto, luggage to the guesthouse near Demachiyanagi. Evening walk along the Kamo river.',
        'Day 2: Ippodo tea house opens at ten; book the matcha class two weeks ahead. Afternoon at the paper shop Morita and the Nishijin weaving quarter.',
        'Day 3: Uji by the Keihan line, 30 minutes. Byodo-in in the morning before the groups come, then tea fields above the river.',
        'Day 4: rain plan is the Railway Museum; if it is dry, hike from Kurama to Kibune and take the bus back.',
      ],
    },
    {
      id: 4102,
      integration: 'google_drive',
      type: DOC,
      folder: 'Kyoto in spring',
      name: 'Packing list',
      daysAgo: 9,
      chunks: [
        'Passport, yen in small notes, rail passes, the grey rain jacket, two sketchbooks, waterproof pens.',
        'Leave room for paper: rolls go into the cardboard tube, which counts as hand luggage.',
      ],
    },
    {
      id: 4103,
      integration: 'google_drive',
      type: DOC,
      folder: 'Tea',
      name: '品茶筆記 2026',
      daysAgo: 3,
      chunks: [
        '阿里山高山烏龍，冬茶。乾茶緊結，茶湯蜜黃，有桂花香，第三泡最甜。水溫九十五度，五十秒。',
        '日月潭紅玉紅茶（台茶十八號）：肉桂與薄荷的香氣，九十度，一分鐘，不加糖就很順口。',
        '坪林文山包種茶，清香型。冷泡八小時比熱泡更好喝，一公升水配十克茶葉。',
      ],
    },
    {
      id: 4104,
      integration: 'google_drive',
      type: PDF,
      folder: 'Studio',
      name: 'Lantern festival identity - brief.pdf',
      daysAgo: 26,
      chunks: [
        'The city wants an identity for the lantern festival that works as a stencil, as a stamp and at 16 pixels. Two colours, no gradients.',
        'Milestones: three directions on the 4th, one direction on the 18th, artwork for print on the 2nd of the month after. The budget is 480,000 dollars including one round of changes.',
        'Risk: the typeface for the Chinese titles must be licensed for signage, which the usual desktop licence does not cover.',
      ],
    },
    {
      id: 4105,
      integration: 'google_drive',
      type: DOC,
      folder: 'Studio',
      name: 'Research interviews, summary',
      daysAgo: 18,
      chunks: [
        'Eleven visitors were asked at the riverside. Nine found the festival by following the crowd; the signs came too late, at the place itself.',
        'Older visitors read the map on the leaflet, younger ones photographed the board at the station and zoomed in.',
      ],
    },
    {
      id: 4106,
      integration: 'gmail',
      type: MAIL,
      folder: 'Inbox',
      name: 'Re: matcha class on the 14th',
      daysAgo: 7,
      chunks: [
        'Dear Ms Lin, we have kept two places in the matcha class on the 14th at 10:30. Please come ten minutes early and bring this message.',
      ],
    },
    {
      id: 4107,
      integration: 'gmail',
      type: MAIL,
      folder: 'Inbox',
      name: 'Your invoice from the typeface library',
      daysAgo: 15,
      chunks: [
        'Thank you for your order. Licence: signage and packaging, one city, three years. Total 36,000 dollars, due within 30 days.',
      ],
    },
    {
      id: 4108,
      integration: 'google_drive',
      type: PDF,
      folder: 'Studio',
      name: 'Scan of the 1964 poster.pdf',
      daysAgo: 1,
      status: 'indexing',
      chunks: [],
    },
    ...TEA_PAGES,
  ],
  channels: [
    {
      id: 4201,
      name: '#lantern-festival',
      messages: [
        {
          hoursAgo: 52,
          by: 'yating',
          text: 'The three directions for the lantern identity are on the wall. Please put a dot on your favourite before Thursday.',
          thread: [
            {
              hoursAgo: 51,
              by: 'hsiao-yu',
              text: 'Direction B, because it still reads as a stamp.',
            },
            { hoursAgo: 49, by: 'po-han', text: 'B for me too. A looks like a bank.' },
          ],
        },
        {
          hoursAgo: 28,
          by: 'po-han',
          text: 'The printer can do the fluorescent red, but only on uncoated paper, and needs the artwork two days earlier.',
        },
        { hoursAgo: 5, by: 'yating', text: '時程改好了，印刷稿提前到 28 日，請大家確認。' },
      ],
    },
    {
      id: 4202,
      name: '#kitchen',
      messages: [
        {
          hoursAgo: 30,
          by: 'hsiao-yu',
          text: 'Who finished the oolong? A new tin is in the left cupboard.',
        },
        { hoursAgo: 29, by: 'yating', text: 'Me. 這週輪到我買茶。' },
      ],
    },
  ],
  mementos: [
    { id: 301, name: 'All my knowledge' },
    { id: 302, name: 'Kyoto in spring', items: [4101, 4102, 4106] },
    { id: 303, name: 'Tea', items: [4103, 9001, 9002] },
    { id: 304, name: 'Studio', items: [4104, 4105, 4107, 4108, 4201] },
  ],
  subscriptions: [
    {
      id: 71,
      name: 'Tea from the mountains',
      description: 'How the teas of Taiwan are made, and how to brew them.',
      publisher: 'Beipu Tea Farmers',
      subscribers: 1284,
      memento: 811,
      items: [9001, 9002],
    },
  ],
};
