/** Compiles programs that import the client as its users do. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** An empty folder where packages are installed, and found through their `exports`; it is gone after the test. */
export function aProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-compile-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const options = {
    ...{ target: 'esnext', lib: ['esnext', 'dom', 'dom.iterable'], strict: true, noEmit: true },
    ...{ module: 'nodenext', moduleDetection: 'force', types: ['node'] },
    ...{ allowImportingTsExtensions: true, skipLibCheck: true },
  }
  const config = { compilerOptions: options, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return folder
}

/** Throws with what the compiler says. */
export function compile(folder: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  try {
    execFileSync(process.execPath, [compiler, '--project', folder], { encoding: 'utf8' })
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error })
  }
}
