/** What somebody is told who lacks the permission `use-oauth`: with HTTP 200, as a sentence or as JSON. */
export const NO_PERMISSION = "Don't have the permissions of oauth";
