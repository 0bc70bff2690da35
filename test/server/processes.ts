// Account servers in processes of their own, which can be told what to do, and killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface ServerProcess {
  /** Gives it a task of `server-process.ts` and answers its next line. */
  tell(task: object): Promise<unknown>
  /** Gives it a task, and kills it without a warning once it has said a number of lines. */
  killAfter(lines: number, task: object): Promise<void>
}

/** Starts a process that runs `server-process.ts` on a database; it is killed when the test ends. */
export function startProcess(databaseUrl: string): ServerProcess {
  const program = `import { runnerImport } from 'vite'
    await runnerImport(${JSON.stringify(fileURLToPath(new URL('./server-process.ts', import.meta.url)))})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TEST_DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  const lines = createInterface({ input: child.stdout })
  const say = (task: object) => child.stdin.write(`${JSON.stringify(task)}\n`)
  return {
    async tell(task) {
      const answer = once(lines, 'line')
      say(task)
      const [line] = await answer
      return JSON.parse(String(line))
    },
    async killAfter(count, task) {
      let said = 0
      const enough = new Promise<void>((resolve) => {
        lines.on('line', () => {
          said += 1
          if (said === count) resolve()
        })
      })
      say(task)
      await enough
      await kill()
    },
  }
}
