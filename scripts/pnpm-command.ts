/** The command that runs a script of the workspace: the pnpm that runs this one, else npm's. */
export function pnpmCommand(env: NodeJS.ProcessEnv = process.env): [string, ...string[]] {
  const own = env.npm_config_user_agent?.startsWith('pnpm/') ? env.npm_execpath : undefined;
  if (!own) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(own) ? [process.execPath, own] : [own];
}
