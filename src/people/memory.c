#include "people/memory.h"

#include "base/arena.h"

int64_t *memory_numbers(struct view *view, const struct memory *memory, const struct memory_told *told, int64_t person, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, memory->statements, told->query);
	int64_t *numbers = arena_array(view_arena(view), int64_t, (size_t)limit);
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		numbers[len++] = stmt_int(q, 0);
	*ret_len = len;
	return numbers;
}

int64_t memory_count(struct view *view, const struct memory *memory, const struct memory_told *told, int64_t person)
{
	struct stmt *q = view_query(view, memory->statements, told->query);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, 0);
}

void memory_forget(struct turn *turn, const struct memory *memory, int64_t person)
{
	for (size_t i = memory->forget_first; i < memory->forget_end; i++) {
		struct stmt *q = turn_query(turn, memory->statements, i);

		stmt_bind_int(q, 1, person);
		(void)stmt_run(q);
	}
}
