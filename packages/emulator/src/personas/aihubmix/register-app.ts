import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { type App, isRegistrableRedirectUri } from '../../provider/apps.ts';
import { sameSecret } from '../../provider/same-secret.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';

/** What an app is registered with, by the call as well as by the form of the console. */
export const AppForm = z.object({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(500).optional(),
  redirect_uri: z.string().refine(isRegistrableRedirectUri),
});

/** `POST /api/oauth_apps`: register an app; the one call that answers in an envelope. */
export function registerApp(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const form = AppForm.safeParse(req.body);
    if (!form.success) return refuse(res, 400, '請求參數錯誤');
    const { name, description, redirect_uri } = form.data;
    const app = provider.apps.register({ name, description, redirectUri: redirect_uri });
    res.json({ success: true, message: '應用建立成功', data: describe(app) });
  };
}

/** Let only the developer's token register apps. */
export function requireDeveloper(provider: AihubmixProvider): RequestHandler {
  return (req, res, next) => {
    const token = /^Bearer +(.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
    if (sameSecret(token, provider.developerToken)) next();
    else refuse(res, 401, '無權進行此操作,開發者令牌無效');
  };
}

/** Answer a body that could not be read at all in the same envelope. */
export const refuseBadBody: ErrorRequestHandler = (_error, _req, res, _next) => {
  refuse(res, 400, '請求參數錯誤');
};

function refuse(res: Response, status: number, message: string): void {
  res.status(status).json({ success: false, message });
}

function describe(app: App): object {
  return {
    id: app.id,
    name: app.name,
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: app.redirectUri,
    created_time: app.created,
  };
}
