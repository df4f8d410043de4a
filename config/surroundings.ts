/**
 * What programs that are started may see of the environment: where programs are
 * and how the network is reached. None of it is a setting of Groundswell's.
 */
export type Surroundings = Readonly<Record<string, string | undefined>>

const names = [
  ...['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SYSTEMROOT'],
  ...['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
]

export function surroundingsIn(env: Surroundings): Surroundings {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}
