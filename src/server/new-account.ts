// Makes an account, once for each address and each user name however many ask for it at the same time.
import type { Outcome, Write } from './idempotency.ts'
import type { AccountValues, User, Users } from './users.ts'

/** The code of what an account cannot have because another has it. */
export type Taken = 'user_exists' | 'username_taken'

/** The new account, or what is taken. `hash` gives the password's hash, which costs too much to be made in vain. */
export async function makeAccount(
  email: string,
  hash: () => Promise<string>,
  values: AccountValues,
  write: Write,
  users: Users,
): Promise<User | Taken> {
  const known = await takenOf(email, values, users)
  if (known) return write<User | Taken>(async () => known, outcomeOf)
  const passwordHash = await hash()
  return write<User | Taken>(async (together) => {
    const user = await together.create(email, passwordHash, values)
    // Of two that ask at once one finds out here; what stood in its way may have been deleted since.
    return user ?? (await takenOf(email, values, together)) ?? 'user_exists'
  }, outcomeOf)
}

async function takenOf(email: string, { username }: AccountValues, users: Users): Promise<Taken | null> {
  if (await users.byEmail(email)) return 'user_exists'
  return username !== null && (await users.byUsername(username)) ? 'username_taken' : null
}

function outcomeOf(made: User | Taken): Outcome {
  return typeof made === 'string'
    ? { status: 409, code: made, userId: null }
    : { status: 201, code: null, userId: made.id }
}
