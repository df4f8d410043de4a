import { forgetAccount } from '../../jobs/forget-account.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import type { Forgetting } from '../report/json/forget.ts'
import { count } from '../report/numbers.ts'
import { accountNamed } from '../store/contributor.ts'

/**
 * Forgets the account that was last seen with a login.
 * @throws UserError when none was
 */
export async function forgetLogin(
  login: string,
  deps: Deps,
): Promise<{ text: string; data: Forgetting }> {
  const account = await accountNamed(deps.db, login)
  if (account === null) {
    throw new UserError(
      `Nothing is kept of an account called "${login}". Is it spelled as on GitHub? An account that was renamed since it was last heard of is known by its old login, and one that is forgotten by none.`,
    )
  }
  const data: Forgetting = { login: account.login, ...(await forgetAccount(account, deps)) }
  return { text: told(data), data }
}

function told({ login, facts, comments, deliveries, waitingDeliveries }: Forgetting): string {
  const sentences = [
    `Forgot ${login}: ${count(facts, 'fact')} ${facts === 1 ? 'is' : 'are'} nobody's now, ${count(deliveries, 'kept delivery', 'kept deliveries')} ${deliveries === 1 ? 'was' : 'were'} emptied.`,
    comments === 0
      ? null
      : `Comments on ${count(comments, 'pull request')} of theirs are taken back by the running App.`,
    waitingDeliveries === 0
      ? null
      : `${count(waitingDeliveries, 'delivery', 'deliveries')} that could not be read yet still ${waitingDeliveries === 1 ? 'shows' : 'show'} them; "groundswell doctor" lists what is parked.`,
    'This cannot be undone.',
  ]
  return sentences.filter((sentence) => sentence !== null).join('\n')
}
