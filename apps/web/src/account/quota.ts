/** What a provider says of a quota: whole numbers of a unit that only it knows. */
export interface Quota {
  quota: number | null | undefined;
  used: number | null | undefined;
}

/** Tell whether a quota can be drawn: both numbers given, neither negative, not more used than there is. */
export function isMeterable(quota: Quota): quota is { quota: number; used: number } {
  const { quota: total, used } = quota;
  if (typeof total !== 'number' || typeof used !== 'number') return false;
  return Number.isFinite(total) && total > 0 && used >= 0 && used <= total;
}
