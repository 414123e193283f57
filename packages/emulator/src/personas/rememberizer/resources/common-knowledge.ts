import type { RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { timestamp } from './describe-item.ts';

/** `GET /api/v1/common-knowledge/subscribed-list/`: published collections that the user added, as far as the token may read them. */
export function commonKnowledge(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, _req, res) => {
    const readable = new Map(library.readable(access).map((item) => [item.id, item]));
    const lists = library.subscriptions.map((subscription) => {
      const items = subscription.items.flatMap((id) => readable.get(id) ?? []);
      const times = items.map(({ modified }) => modified);
      return {
        id: subscription.id,
        num_of_subscribers: subscription.subscribers,
        publisher_name: subscription.publisher,
        published_by_me: false,
        subscribed_by_me: true,
        created: timestamp(Math.min(provider.now(), ...times)),
        modified: timestamp(Math.max(0, ...times)),
        name: subscription.name,
        image_url: '',
        description: subscription.description,
        memento: subscription.memento,
        document_ids: items.map(({ id }) => id),
      };
    });
    res.json(lists.filter(({ document_ids }) => document_ids.length > 0));
  });
}
