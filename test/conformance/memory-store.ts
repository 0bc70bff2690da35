// The memory server's accounts, sessions, mails and log, and what of them outlives a crash.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../src/contract/json.ts'

export interface Account {
  readonly id: string
  readonly email: string
  readonly username: string | null
  password: string
  email_verified: boolean
  user_metadata: JsonObject
  version: number
}

/** A session that a token carries. */
export interface Family {
  readonly account: string
  /** The refresh token that is good. */
  good: string
  /** Its successor, from when it is handed out until it arrived. */
  next: string | null
  /** Every refresh token there ever was. */
  readonly refreshTokens: Set<string>
  /** Access token to the refresh token it was handed out with. */
  readonly accessTokens: Map<string, string>
}

export class MemoryStore {
  accounts: Account[] = []
  /** Token to account id. */
  readonly sessions = new Map<string, string>()
  families: Family[] = []
  /** Address to the token of its latest mail. */
  readonly mails = new Map<string, string>()
  /** Address to wrong log-ins, by where they came from. */
  readonly guesses = new Map<string, number>()
  log = ''
  /** What every answered profile has because a prototype has it. */
  inherited: JsonObject = {}
  private disk = '[]'

  byEmail(email: string, exactly = false): Account | undefined {
    const key = exactly ? email : email.toLowerCase()
    return this.accounts.find((account) => (exactly ? account.email : account.email.toLowerCase()) === key)
  }

  byUsername(username: string, exactly: boolean): Account | undefined {
    const key = (name: string) => (exactly ? name : name.toLowerCase())
    return this.accounts.find((account) => account.username !== null && key(account.username) === key(username))
  }

  add(email: string, username: string | null, password: string, user_metadata: JsonObject): Account {
    const account = { id: randomUUID(), email, username, password, email_verified: false, user_metadata, version: 1 }
    this.accounts.push(account)
    this.commit()
    return account
  }

  commit(): void {
    this.disk = JSON.stringify(this.accounts)
  }

  crash(): void {
    this.accounts = JSON.parse(this.disk)
  }

  startSession(account: Account): string {
    const token = randomUUID()
    this.sessions.set(token, account.id)
    return token
  }

  bySession(token: string): Account | undefined {
    const id = this.sessions.get(token)
    return this.accounts.find((account) => account.id === id)
  }
}
