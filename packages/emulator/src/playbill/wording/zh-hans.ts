import type { Wording } from './wording.ts';

/** The playbill in simplified Chinese. */
export const zhHans: Wording = {
  title: '模拟器',
  lead: '为测试而登台的各家服务：平时照文档行事，要它出错就出错。',
  cast: '演员表',
  plays: '饰演',
  base: '基础网址',
  enter: '进场',
  personas: {
    aihubmix: {
      part: 'AIHubMix',
      about: 'OAuth 2.0：逐次同意或一键登录、会轮换的刷新令牌，还有余额和充值页面。',
    },
    rememberizer: {
      part: 'Rememberizer',
      about: '带有 memento 的 OAuth 2.0，以及它的账号 API：密码、Cookie 和验证码。',
    },
    afdian: {
      part: '爱发电',
      about: '用授权码直接换回用户资料，外面包一层信封，从头到尾没有令牌。',
    },
    flarum: { part: 'Flarum OAuth Center', about: '出错也回 200 的论坛，刷新令牌只能用一次。' },
    oidc: {
      part: '一家 OpenID Connect 身份提供者',
      about: 'PKCE、推送式请求、前后两个通道的登出；以及依赖方必须拒绝的每一种伪造应答。',
    },
  },
  users: '观众席',
  usersLead: '同样这几位在每一家都有账号。',
  username: '用户名',
  password: '密码',
  directions: '舞台指示',
  steps: {
    register: '注册你的应用，这里以 OpenID Connect 为例：',
    point: '把它指向基础网址，再以其中一位观众登录。',
    fault: '让某件事出错：',
  },
  controlOff: '控制 API 未开启。以 CONTROL=on 启动模拟器即可使用。',
  disclaimer: '仅供这台机器上的测试。以上皆非真正的服务，也与其毫无关联。',
  languages: '语言',
  skip: '跳到主要内容',
};
