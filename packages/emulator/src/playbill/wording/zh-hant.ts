import type { Wording } from './wording.ts';

/** The playbill in traditional Chinese. */
export const zhHant: Wording = {
  title: '模擬器',
  lead: '為測試而登台的各家服務：平時照文件行事，要它出錯就出錯。',
  cast: '演員表',
  plays: '飾演',
  base: '基底網址',
  enter: '進場',
  personas: {
    aihubmix: {
      part: 'AIHubMix',
      about: 'OAuth 2.0：逐次同意或一鍵登入、會輪替的更新權杖，還有餘額與儲值頁面。',
    },
    rememberizer: {
      part: 'Rememberizer',
      about: '帶有 memento 的 OAuth 2.0，以及它的帳號 API：密碼、Cookie 與驗證碼。',
    },
    afdian: {
      part: '愛發電',
      about: '以授權碼直接換回使用者資料，外面包一層信封，從頭到尾沒有權杖。',
    },
    flarum: { part: 'Flarum OAuth Center', about: '出錯也回 200 的論壇，更新權杖只能用一次。' },
    oidc: {
      part: '一家 OpenID Connect 身分提供者',
      about: 'PKCE、推送式請求、前後兩個通道的登出；以及依賴方必須拒絕的每一種偽造回應。',
    },
  },
  users: '觀眾席',
  usersLead: '同樣這幾位在每一家都有帳號。',
  username: '使用者名稱',
  password: '密碼',
  directions: '舞台指示',
  steps: {
    register: '註冊你的應用程式，這裡以 OpenID Connect 為例：',
    point: '把它指向基底網址，再以其中一位觀眾登入。',
    fault: '讓某件事出錯：',
  },
  controlOff: '控制 API 未開啟。以 CONTROL=on 啟動模擬器即可使用。',
  disclaimer: '僅供這台機器上的測試。以上皆非真正的服務，也與其毫無關聯。',
  languages: '語言',
  skip: '跳到主要內容',
};
