const repeatsMax = 100;
const repeatMs = 250;

/** The answer to a call, which is made again, after the time that the server gives, for as long as it is refused with something for which that is worth it. */
export async function askAgain(call, isWorthIt = (error) => error.retryable) {
  for (let left = repeatsMax; ; left--) {
    const answer = await call();
    if (answer.ok || !isWorthIt(answer.error) || left === 0) return answer;
    await new Promise((resolve) => setTimeout(resolve, answer.error.retryAfterMs ?? repeatMs));
  }
}
