import type { DemoDocument } from './demo-content.ts';

/** Pages that a publisher shares with everybody; whoever subscribes has them among their own. */
export const TEA_PAGES: readonly DemoDocument[] = [
  {
    id: 9001,
    integration: 'common_knowledge',
    type: 'text/markdown',
    folder: 'Tea from the mountains',
    name: 'Oolong, from leaf to cup.md',
    daysAgo: 210,
    chunks: [
      'Oolong is tea that was stopped half-way: withered in the sun, bruised by shaking, and heated before it turned black. Between a tenth and four fifths of the leaf are oxidised.',
      'High-mountain oolong from above 1,000 metres grows slowly in fog, which makes thick leaves and a sweet, buttery cup.',
      'Brew six grams in a pot of 150 millilitres with water of 95 degrees. The first infusion takes 50 seconds, each further one fifteen seconds more.',
    ],
  },
  {
    id: 9002,
    integration: 'common_knowledge',
    type: 'text/markdown',
    folder: 'Tea from the mountains',
    name: '東方美人茶.md',
    daysAgo: 190,
    chunks: [
      '東方美人茶又稱白毫烏龍，主要產於新竹北埔、峨眉與苗栗頭份。小綠葉蟬叮咬過的嫩芽才會有蜜香。',
      '沖泡時水溫以八十五到九十度為宜，第一泡約一分鐘，之後每泡增加二十秒。',
    ],
  },
];

export const CYCLING_PAGES: readonly DemoDocument[] = [
  {
    id: 9101,
    integration: 'common_knowledge',
    type: 'text/markdown',
    folder: 'Cycling in Taiwan',
    name: 'Round the island in nine days.md',
    daysAgo: 160,
    chunks: [
      'Cycle Route 1 goes round the island: 968 kilometres, most people take nine days and ride anticlockwise, so that the sea is on their side of the road.',
      'The hardest stretch is the South Link road between Fangshan and Daren: 25 kilometres uphill, hardly any shade, one shop at the top.',
    ],
  },
  {
    id: 9102,
    integration: 'common_knowledge',
    type: 'text/markdown',
    folder: 'Cycling in Taiwan',
    name: '公路車的火車運送.md',
    daysAgo: 120,
    chunks: ['攜車袋裝妥的腳踏車可以帶上所有車種；不裝袋則只能搭乘兩鐵列車，需加購自行車票。'],
  },
];
