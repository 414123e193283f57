import { PATHS } from '@cloakroom/contract/paths';
import {
  type Provider,
  type ProviderList,
  providerListSchema,
} from '@cloakroom/contract/providers';
import { useQuery } from '@tanstack/react-query';
import { useSessionClient } from './session-provider.tsx';

/** Know where one can log in, the default first; `undefined` while, or if, that is not known. */
export function useProviders(): {
  providers: readonly Provider[] | undefined;
  isPending: boolean;
} {
  const client = useSessionClient();
  const { data, isPending } = useQuery<ProviderList>(
    {
      queryKey: ['providers'],
      queryFn: ({ signal }) =>
        client.request(PATHS.providers, { schema: providerListSchema, signal }),
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: 1,
      networkMode: 'always',
    },
    client.queries,
  );
  return { providers: data, isPending };
}
