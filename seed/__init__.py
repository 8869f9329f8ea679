"""Cases from outside: file formats, and the demonstration's people and stories."""
