import { PATHS } from '@cloakroom/contract/paths';
import {
  type Provider,
  type ProviderList,
  providerListSchema,
} from '@cloakroom/contract/providers';
import { useQuery } from '@tanstack/react-query';
import { useSessionClient } from './session-provider.tsx';

/** Know where one can log in, the default first; `undefined` until that is known. */
export function useProviders(): readonly Provider[] | undefined {
  const client = useSessionClient();
  const query = useQuery<ProviderList>(
    {
      queryKey: ['providers'],
      queryFn: ({ signal }) =>
        client.request(PATHS.providers, { schema: providerListSchema, signal }),
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
    client.queries,
  );
  return query.data;
}
