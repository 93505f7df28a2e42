/** The list of the server's settings, for the commands that take them. */
export const settingsHelp = async (): Promise<string> =>
  (await import('../commands/serve.ts')).settingsHelp()
