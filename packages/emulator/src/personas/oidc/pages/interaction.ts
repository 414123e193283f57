import type { RequestHandler } from 'express';
import type { Interaction, InteractionResults } from 'oidc-provider';
import type { Issuer } from '../issuer.ts';
import type { OidcApp } from '../oidc-app.ts';
import type { OidcUser } from '../oidc-user.ts';
import { type OidcPage, openOidcPage } from './oidc-page.ts';
import { sendProblem } from './problem-page.ts';

/** A stop on the way of an authorization request: somebody has to sign in, or to agree. */
export interface Stop {
  page: OidcPage;
  interaction: Interaction;
  app: OidcApp;
  /** Who is signed in already. */
  user: OidcUser | undefined;
  scopes: string[];
  /** The address of this stop; its forms are below. */
  path: string;
  /** The origin that the way leads to. */
  formTarget: string;
  /** Go on with what came of it. */
  finish: (result: InteractionResults) => Promise<void>;
}

/** Serve a stop. Where the request is over, or of another browser, a page says so. */
export function atStop(
  issuer: Issuer,
  serve: (stop: Stop) => void | Promise<void>,
): RequestHandler<{ uid: string }> {
  return async (req, res) => {
    const provider = await issuer.provider();
    const page = openOidcPage(issuer, req, res);
    const interaction = await provider.interactionDetails(req, res).catch(() => undefined);
    const app = issuer.apps.find(String(interaction?.params.client_id));
    if (interaction === undefined || app === undefined) {
      return sendProblem(page, { status: 400, ...page.wording.problems.expired });
    }
    await serve({
      page,
      interaction,
      app,
      user: issuer.userOf(interaction.session?.accountId),
      scopes: String(interaction.params.scope ?? '').split(' '),
      path: `${issuer.basePath}/interaction/${req.params.uid}`,
      formTarget: new URL(String(interaction.params.redirect_uri)).origin,
      finish: (result) => provider.interactionFinished(req, res, result),
    });
  };
}
