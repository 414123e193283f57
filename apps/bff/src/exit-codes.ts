/** EX_CONFIG of sysexits.h: starting again changes nothing. */
export const BAD_SETTINGS = 78;
