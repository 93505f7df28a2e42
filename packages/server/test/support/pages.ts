/** The pages a person reads, and what stands in them as code. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../../..')

export interface Page {
  readonly path: string
  readonly text: string
}

const pagesAt = (patterns: string | string[]): readonly Page[] =>
  globSync(patterns, { cwd: root }).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }))

export const pages = pagesAt(['*.md', 'docs/**/*.md'])

/** What stands beside a published package is read where it is published. */
export const packagePages = pagesAt('packages/*/README.md')

/** Throws where there is none. */
export function pageAt(path: string): Page {
  const page = pages.find((one) => one.path === path)
  if (page === undefined) throw new Error(`there is no page ${path}`)
  return page
}

export interface Fence {
  readonly language: string
  readonly text: string
}

/** One in a list is indented. Behind the language may stand what a sample is called. */
const fencePattern = /^( *)```(\w*)(?: sample=\S+)?\n([^]*?)^\1```$/gm

export const fencesOf = (text: string): Fence[] =>
  [...text.matchAll(fencePattern)].map(([, indent = '', language = '', inside = '']) => ({
    ...{ language, text: inside.replaceAll(new RegExp(`^${indent}`, 'gm'), '') },
  }))

export const withoutFences = (text: string): string => text.replaceAll(fencePattern, '')

/** What stands as code, in fences and between backticks. */
export const codeOf = (text: string): string[] => [
  ...fencesOf(text).map((fence) => fence.text),
  ...[...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
]

/** The first fence of a page with this in it. Throws where there is none. */
export function shown(path: string, part: string): string {
  const fence = fencesOf(pageAt(path).text).find(({ text }) => text.includes(part))
  if (fence === undefined) throw new Error(`${path} shows no "${part}"`)
  return fence.text
}
