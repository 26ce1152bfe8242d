ALTER TYPE "run_status" ADD VALUE 'cancelled';
ALTER TYPE "run_status" ADD VALUE 'timed_out';
