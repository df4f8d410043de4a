/** An AI agent, and the signs by which it is known for certain. All in small letters. */
interface Agent {
  name: string
  /** accounts, without `[bot]` */
  logins: readonly string[]
  addresses: readonly string[]
  /** names that no person bears; "Claude" is also a first name, so it is not here */
  titles: readonly string[]
}

const agents: readonly Agent[] = [
  {
    name: 'claude',
    logins: ['claude', 'claude-code', 'anthropic-claude'],
    addresses: ['noreply@anthropic.com', 'claude@anthropic.com'],
    titles: ['claude code'],
  },
  {
    name: 'copilot',
    logins: ['copilot', 'copilot-swe-agent', 'copilot-pull-request-reviewer', 'github-copilot'],
    addresses: ['copilot@github.com', 'copilot@users.noreply.github.com'],
    titles: ['github copilot', 'copilot autofix powered by ai'],
  },
  {
    name: 'cursor',
    logins: ['cursoragent', 'cursor-agent', 'cursor-com'],
    addresses: ['cursoragent@cursor.com'],
    titles: ['cursor agent'],
  },
  {
    name: 'codex',
    logins: ['openai-codex', 'chatgpt-codex-connector', 'openai-code-agent'],
    addresses: ['codex@openai.com', 'noreply@openai.com'],
    titles: ['openai codex'],
  },
  {
    name: 'devin',
    logins: ['devin-ai-integration'],
    addresses: ['devin@cognition.ai'],
    titles: ['devin ai'],
  },
  {
    name: 'jules',
    logins: ['google-labs-jules'],
    addresses: ['jules@google.com'],
    titles: ['google jules', 'google labs jules'],
  },
  {
    name: 'gemini',
    logins: ['gemini-code-assist', 'gemini-cli'],
    addresses: ['gemini-cli@google.com', 'noreply@gemini.google.com'],
    titles: ['gemini cli', 'gemini code assist'],
  },
  {
    name: 'aider',
    logins: ['aider-chat'],
    addresses: ['noreply@aider.chat', 'aider@aider.chat'],
    titles: [],
  },
  {
    name: 'openhands',
    logins: ['openhands-agent', 'openhands-ai'],
    addresses: ['openhands@all-hands.dev'],
    titles: ['openhands'],
  },
  {
    name: 'opencode',
    logins: ['opencode-agent'],
    addresses: ['noreply@opencode.ai'],
    titles: ['opencode'],
  },
  { name: 'amp', logins: ['amp-code'], addresses: ['amp@ampcode.com'], titles: [] },
  {
    name: 'qwen',
    logins: ['qwen-coder'],
    addresses: ['qwen-coder@alibabacloud.com'],
    titles: ['qwen-coder', 'qwen code'],
  },
]

const byLogin = new Map(agents.flatMap(({ name, logins }) => logins.map((login) => [login, name])))
const byAddress = new Map(
  agents.flatMap(({ name, addresses }) => addresses.map((address) => [address, name])),
)
const byTitle = new Map(agents.flatMap(({ name, titles }) => titles.map((title) => [title, name])))
const names: readonly string[] = agents.map(({ name }) => name)

/** Which agent an account is, by its exact login with or without `[bot]`; null for everybody else. */
export function agentOfLogin(login: string): string | null {
  return byLogin.get(withoutBotMark(login)) ?? null
}

/** Which agent signs with this name and address; null for everybody else. `login` is that of GitHub's noreply form. */
export function agentOfSignature(signature: {
  name: string
  email: string
  login: string | null
}): string | null {
  const { name, email, login } = signature
  return (
    byAddress.get(email.toLowerCase()) ??
    (login === null ? null : agentOfLogin(login)) ??
    (name.toLowerCase().endsWith('[bot]') ? agentOfLogin(name) : null) ??
    byTitle.get(name.trim().toLowerCase()) ??
    null
  )
}

/**
 * Which agent a text names where only tools are named, as in `Assisted-by: Claude:opus`
 * or "Generated with Claude Code". Null where it is none that we know.
 */
export function agentNamed(text: string): string | null {
  const title = text.trim().toLowerCase()
  const isNamed = (known: string) =>
    title.startsWith(known) && !/^[\p{L}\p{N}]/u.test(title.slice(known.length))
  for (const [known, name] of byTitle) if (isNamed(known)) return name
  return names.find(isNamed) ?? null
}

/** `Dependabot[bot]` → `dependabot` */
export function withoutBotMark(login: string): string {
  const small = login.toLowerCase()
  return small.endsWith('[bot]') ? small.slice(0, -'[bot]'.length) : small
}
