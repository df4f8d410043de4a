/** Threads that show best what the App says, by their names in the story. */
export const worthSeeing: readonly { thread: string; why: string }[] = [
  { thread: 'seed', why: 'a first pull request, welcomed and then merged' },
  { thread: 'last-byte-fix', why: 'by somebody who had reported the bug before' },
  { thread: 'regular', why: 'by somebody who is known here' },
  { thread: 'beam', why: 'by somebody who was away for more than a year' },
  { thread: 'offline', why: 'a first pull request that still waits for an answer' },
  { thread: 'card', why: 'its title wants to be HTML, and stays text' },
  { thread: 'loud', why: 'its title wants to call everybody, and calls nobody' },
  { thread: 'roadmap', why: 'commands in comments, and their answers' },
]
