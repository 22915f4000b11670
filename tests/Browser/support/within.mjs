/** What a promise brings, if it does in time; otherwise it is said what was waited for, and where it stood. */
export async function within(ms, what, promise, standing = () => "") {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(async () => reject(new Error(`In ${ms / 1_000} s this did not come: ${what}. ${await standing()}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
