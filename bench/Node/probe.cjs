// Loaded into each Node server under test (--require), as bench/Probe is into each .NET server: answers one line on stdout to each line on stdin, and
// ends the process when the driver is gone. Node does not say what it has allocated or compiled in all.
const { createInterface } = require('node:readline')

const lines = createInterface({ input: process.stdin })
lines.on('line', (command) => {
  if (command === 'collect') {
    global.gc()
    global.gc()
  }
  process.stdout.write(`@probe ${process.memoryUsage().heapUsed} - -\n`)
})
lines.on('close', () => process.exit(0))
