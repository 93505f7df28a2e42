/** Arguments and flags that several commands of the table have. */
import type { ArgumentSpec, FlagSpecs } from '../command.ts'

export const idsOfProcesses = [
  { name: 'ID', many: true, description: 'of processes', complete: 'process' },
] as const satisfies readonly ArgumentSpec[]

/** Flags of builds that the official command line has, too. */
export const buildIdFlag = {
  'build-id': {
    ...{ type: 'text', value: 'ID', variable: 'HATHORA_BUILD_ID', complete: 'build' },
    description: 'the same as BUILD',
  },
} as const satisfies FlagSpecs

export const newBuildFlags = {
  tag: {
    ...{ type: 'text', value: 'TAG', also: ['build-tag'], variable: 'HATHORA_BUILD_TAG' },
    description: 'a version of your own beside the build',
  },
  'build-id': {
    ...{ type: 'text', value: 'ID', variable: 'HATHORA_BUILD_ID' },
    description: 'the id of the new build; one is made when left out',
  },
} as const satisfies FlagSpecs

export const uploadFlags = {
  file: {
    ...{ type: 'text', value: 'PATH', short: 'f', variable: 'HATHORA_BUILD_FILE' },
    description: 'the same as FOLDER; a gzipped tar, too',
  },
  'hide-upload-progress': {
    ...{ type: 'switch', variable: 'HATHORA_BUILD_HIDE_UPLOAD_PROGRESS' },
    description: 'do not show how far the upload is',
  },
} as const satisfies FlagSpecs

export const registryFlags = {
  image: {
    ...{ type: 'text', value: 'IMAGE', variable: 'HATHORA_BUILD_IMAGE' },
    description: 'an image of a registry',
  },
  registry: {
    ...{ type: 'text', value: 'HOST', variable: 'HATHORA_BUILD_REGISTRY' },
    description: 'the registry, where the image does not name it and it is not the public one',
  },
  auth: {
    ...{ type: 'text', value: 'BASE64', variable: 'HATHORA_BUILD_REGISTRY_AUTH' },
    description: 'base64 of USER:PASSWORD for the registry; other users see what is typed here',
  },
  'auth-file': {
    ...{ type: 'text', value: 'FILE' },
    description: 'a file with USER:PASSWORD for the registry; - reads it from stdin',
  },
} as const satisfies FlagSpecs

export const latestFlag = {
  latest: { type: 'switch', description: 'the newest process' },
} as const satisfies FlagSpecs

export const processFilters = {
  status: {
    ...{ type: 'list', value: 'STATUS' },
    description: 'only these: starting, running, draining, stopping, stopped, failed',
  },
  region: {
    ...{ type: 'list', value: 'REGION', short: 'r', complete: 'region' },
    description: 'only in these regions',
  },
} as const satisfies FlagSpecs

export const regionFlag = {
  region: {
    ...{ type: 'text', value: 'REGION', short: 'r', complete: 'region' },
    description: 'where; asked for when there are several',
  },
} as const satisfies FlagSpecs
