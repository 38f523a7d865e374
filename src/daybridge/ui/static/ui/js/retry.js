// The page that waits for the database loads itself again after ten seconds.
setTimeout(() => location.reload(), 10000);
