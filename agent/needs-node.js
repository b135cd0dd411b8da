// Plain JavaScript of old: an older Node ends at the first line of a .ts file without a word about itself.
const needed = 24
const major = Number(process.versions.node.split('.')[0])
if (major < needed) {
  process.stderr.write(
    `Landfall needs Node ${needed} or newer, and this is ${process.versions.node} (${process.platform} ${process.arch}). ` +
      'Install it from https://nodejs.org, then run this again. Only on Linux x64 does npm ci bring a newer Node along.\n',
  )
  process.exitCode = 1
}
