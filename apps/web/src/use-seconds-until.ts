import { useEffect, useState } from 'react';

/** Count the seconds down to a moment (milliseconds since 1970); 0 once it is past. */
export function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const ticking = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= moment) clearInterval(ticking);
    }, 1000);
    return () => clearInterval(ticking);
  }, [moment]);
  return Math.max(0, Math.ceil((moment - now) / 1000));
}
