import type { RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import { refuse, refuseFields } from '../api/refuse.ts';
import type { Message } from '../knowledge/item.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { timestamp } from './describe-item.ts';
import { readTimeRange } from './time-range.ts';

const WEEK = 7 * 24 * 3_600_000;
const INTEGRATIONS = ['slack', 'discord'];

/**
 * `GET /api/v1/discussions/{id}/contents/`: what was said in a channel, and its threads by the time
 * of their first message. `from` is now and `to` seven days before it where they are absent; the
 * documentation's table and its samples disagree which of them is the earlier, so either may be.
 */
export function discussionContents(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, req, res) => {
    const type = req.query.integration_type;
    if (!INTEGRATIONS.some((known) => known === type)) {
      return refuseFields(res, { integration_type: [`"${type ?? ''}" is not a valid choice.`] });
    }
    const range = readTimeRange(req);
    if ('unreadable' in range) {
      return refuseFields(res, { [range.unreadable]: ['Datetime has wrong format.'] });
    }
    const channel = library
      .readable(access)
      .find(({ id, integration }) => String(id) === req.params.id && integration.type === type);
    if (channel?.messages === undefined) return refuse(res, 404, 'Not found.');

    const from = range.from ?? provider.now();
    const to = range.to ?? from - WEEK;
    const [earliest, latest] = [Math.min(from, to), Math.max(from, to)];
    const said = channel.messages.filter(({ at }) => at >= earliest && at <= latest);
    const threads = said.filter(({ thread }) => thread.length > 0);
    res.json({
      discussion_content: said.map(line).join('\n'),
      thread_contents: Object.fromEntries(
        threads.map(({ at, thread }) => [timestamp(at), thread.map(line).join('\n')]),
      ),
    });
  });
}

function line({ at, by, text }: Message): string {
  return `[${timestamp(at)}] ${by}: ${text}`;
}
