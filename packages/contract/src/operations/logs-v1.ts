/** LogsV1: what a process wrote to stdout and stderr, byte by byte. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { appId, processId } from '../schemas/fields.ts'

const tag = 'LogsV1'

export const logsV1 = {
  GetLogsForProcess: operation({
    id: 'GetLogsForProcess',
    tag,
    method: 'get',
    path: '/logs/v1/{appId}/process/{processId}',
    summary: 'Read or follow the log of a process',
    description:
      'Streams the last lines of stdout and stderr in the order of arrival, and with `follow` all that comes after, until the ' +
      'process has ended. A reader that falls 1 MB behind is cut off. 410 once the log was removed (72 h after the end).',
    access: ['processes:read'],
    params: { appId, processId },
    query: {
      follow: Type.Optional(
        Type.Boolean({
          description: 'Whether to stay and stream what comes; false when left out.',
        }),
      ),
      tailLines: Type.Optional(
        Type.Integer({
          description: 'How many of the last lines to begin with, 1 to 5,000.',
          default: 100,
          minimum: 1,
          maximum: 5000,
        }),
      ),
    },
    answer: {
      status: 200,
      stream: 'application/octet-stream',
      description: 'Bytes as the process wrote them.',
    },
    errors: [400, 401, 404, 408, 410, 429, 500],
  }),
  DownloadLogForProcess: operation({
    id: 'DownloadLogForProcess',
    tag,
    method: 'get',
    path: '/logs/v1/{appId}/process/{processId}/download',
    summary: 'Download the log of an ended process',
    description:
      'Answers the whole log, at most the last 100 MB. 400 while the process lives, 410 once the log was removed (72 h after the end).',
    access: ['processes:read'],
    params: { appId, processId },
    query: {},
    answer: {
      status: 200,
      stream: 'application/octet-stream',
      description: 'Bytes as the process wrote them.',
    },
    errors: [400, 401, 404, 408, 410, 429],
  }),
} as const
