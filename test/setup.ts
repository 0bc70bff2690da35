// What every unit test stands on: parts of the widget are fetched, which on a busy machine can take a while.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/preact')
  configure({ asyncUtilTimeout: 15_000 })
}

export {}
